"use client";

import { MoreHorizontal } from "lucide-react";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog, Dialog } from "@/components/ui/dialog";
import { Menu, MenuGroup, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { useToast } from "@/components/ui/toast";

const nothing = () => undefined;

/** What opens above the page, and what is said after something was done. */
export function LayerSamples() {
  const { show } = useToast();
  return (
    <Card description="Escape closes; on phones dialogs come from below" title="Above the page">
      <div className="flex flex-wrap gap-2">
        <Dialog
          title="A form above the page"
          description="One question at a time."
          trigger={<Button>Dialog</Button>}
          footer={<Button variant="primary">Save</Button>}
        >
          <p className="text-sm text-muted">The content scrolls when it is long.</p>
        </Dialog>
        <ConfirmDialog
          title="Delete what cannot be brought back?"
          description="It says what is lost."
          confirmLabel="Delete"
          danger
          trigger={<Button variant="danger">Question</Button>}
          onConfirm={nothing}
        />
        <Menu
          trigger={
            <Button>
              <MoreHorizontal aria-hidden="true" />
              Menu
            </Button>
          }
        >
          <MenuGroup label="This project">
            <MenuItem onClick={nothing}>Do it</MenuItem>
            <MenuItem onClick={nothing} disabled>
              Not now
            </MenuItem>
          </MenuGroup>
          <MenuSeparator />
          <MenuItem onClick={nothing} danger>
            Remove
          </MenuItem>
        </Menu>
        <Button onClick={() => show({ title: "Saved" })}>Message</Button>
        <Button onClick={() => show({ title: "The incident is muted", undo: { run: nothing } })}>
          Message with a way back
        </Button>
        <Button
          onClick={() => show({ title: "It was not saved", description: "Try again.", kind: "problem" })}
        >
          Problem
        </Button>
      </div>
    </Card>
  );
}
