"use client";

import { CornerDownLeft, Search } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";

import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { copyText } from "@/components/ui/copy";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { useToast } from "@/components/ui/toast";

import { NavIcon } from "./nav-icon";
import {
  matchingCommands,
  type PaletteAction,
  type PaletteCommand,
  type PaletteFacts,
  paletteCommands,
} from "./palette-commands";

export interface PaletteProps {
  facts: PaletteFacts;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onKeys: () => void;
  onSignOut: () => void;
}

/** Every page and action by its name. */
export function Palette({ facts, open, onOpenChange, onKeys, onSignOut }: PaletteProps) {
  const router = useRouter();
  const { setTheme } = useTheme();
  const { show } = useToast();
  const input = useRef<HTMLInputElement>(null);
  const close = () => onOpenChange(false);
  const actions: Record<PaletteAction, () => void> = {
    "theme-light": () => setTheme("light"),
    "theme-dark": () => setTheme("dark"),
    "theme-system": () => setTheme("system"),
    "copy-address": () =>
      void copyText(window.location.href).then(
        () => show({ title: "The address of this page is copied" }),
        () => show({ title: "The browser did not let it be copied", kind: "problem" }),
      ),
    keys: onKeys,
    "sign-out": onSignOut,
  };
  function run({ does }: PaletteCommand) {
    close();
    if ("href" in does) router.push(does.href as Route);
    else actions[does.action]();
  }
  return (
    <Dialog bare title="Search pages and actions" open={open} onOpenChange={onOpenChange} firstFocus={input}>
      <PaletteSearch commands={paletteCommands(facts)} inputRef={input} onRun={run} onClose={close} />
    </Dialog>
  );
}

interface SearchProps {
  commands: readonly PaletteCommand[];
  inputRef: React.RefObject<HTMLInputElement | null>;
  onRun: (command: PaletteCommand) => void;
  onClose: () => void;
}

/** A combobox whose list is always open: the focus stays in the text, arrows walk through the list. */
function PaletteSearch({ commands, inputRef, onRun, onClose }: SearchProps) {
  const listId = useId();
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const found = useMemo(() => matchingCommands(commands, typed), [commands, typed]);
  const idOf = (at: number) => `${listId}-${at}`;
  useEffect(() => {
    document.getElementById(`${listId}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [listId, active]);
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = found[active];
    if (step && found.length > 0) setActive((active + step + found.length) % found.length);
    else if (event.key === "Enter" && chosen) onRun(chosen);
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") onClose();
    else return;
    event.preventDefault();
  }
  return (
    <>
      <div className="flex items-center gap-2.5 border-b border-line pr-2 pl-4">
        <Search aria-hidden="true" className="size-4 shrink-0 text-subtle" />
        <input
          ref={inputRef}
          role="combobox"
          aria-label="Search pages and actions"
          aria-expanded="true"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={found.length > 0 ? idOf(active) : undefined}
          placeholder="Go to a page, or do something"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          className="h-12 min-w-0 flex-1 bg-transparent text-lg text-ink outline-none placeholder:text-subtle sm:text-base"
        />
        <Button size="sm" variant="ghost" onClick={onClose}>
          <span className="sm:hidden">Close</span>
          <span className="hidden sm:inline">
            <Kbd>Esc</Kbd>
            <span className="sr-only">Close</span>
          </span>
        </Button>
      </div>
      <div
        id={listId}
        role="listbox"
        aria-label="Pages and actions"
        className="min-h-0 overflow-y-auto overscroll-contain p-2"
      >
        {found.map((command, at) => (
          <Found
            key={command.id}
            id={idOf(at)}
            command={command}
            active={at === active}
            heading={typed.trim() === "" && command.group !== found[at - 1]?.group}
            searching={typed.trim() !== ""}
            onPoint={() => setActive(at)}
            onRun={() => onRun(command)}
          />
        ))}
      </div>
      {found.length === 0 ? (
        <p className="px-4 pt-1 pb-6 text-center text-sm text-muted">
          Nothing here is called “{typed.trim()}”.
        </p>
      ) : null}
      <p role="status" className="sr-only">
        {typed.trim() === "" ? "" : `${found.length} found`}
      </p>
    </>
  );
}

function Found({
  id,
  command,
  active,
  heading,
  searching,
  onPoint,
  onRun,
}: {
  id: string;
  command: PaletteCommand;
  active: boolean;
  heading: boolean;
  searching: boolean;
  onPoint: () => void;
  onRun: () => void;
}) {
  return (
    <>
      {heading ? (
        <div role="presentation" className="px-2 pt-2.5 pb-1 text-xs text-subtle first:pt-0.5">
          {command.group}
        </div>
      ) : null}
      {/* The focus stays in the text: the list is walked through by its arrows. */}
      <button
        type="button"
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={active}
        className={cn(
          "flex min-h-9 w-full items-center gap-2.5 rounded-md px-2 text-left text-sm text-ink select-none [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-subtle",
          active && "bg-hover",
        )}
        onPointerMove={active ? undefined : onPoint}
        onPointerDown={(event) => event.preventDefault()}
        onClick={onRun}
      >
        {command.icon ? <NavIcon name={command.icon} /> : <span className="size-4 shrink-0" />}
        <span className="min-w-0 flex-1 truncate">{command.label}</span>
        {searching ? <span className="text-xs text-subtle">{command.group}</span> : null}
        {command.keys ? (
          <span aria-hidden="true" className="hidden gap-1 sm:flex">
            {command.keys.map((key) => (
              <Kbd key={key}>{key.toUpperCase()}</Kbd>
            ))}
          </span>
        ) : null}
        {active ? <CornerDownLeft aria-hidden="true" /> : <span className="size-4 shrink-0" />}
      </button>
    </>
  );
}
