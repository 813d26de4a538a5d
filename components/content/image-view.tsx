"use client";

import { type ReactNode, useContext, useEffect, useState } from "react";
import { TextLink } from "@/components/ui/button";
import { type ImageAddress, imageAddress } from "./image-address";
import { ImageHostsContext } from "./image-hosts";
import { LongText } from "./long-text";

interface ImageViewProps {
  text: string;
  /** Of the field in which it stands. */
  label: string;
  /** It stands where a picture is meant, whatever its address looks like. */
  meant?: boolean;
  /** What it is without the picture; the text itself if left out. */
  children?: ReactNode;
}

/** A text that names a picture: the picture, if its host is on the project's list, and the text. Otherwise the text alone. */
export function ImageView({
  text,
  label,
  meant = false,
  children = <LongText text={text} />,
}: ImageViewProps) {
  const allowed = useContext(ImageHostsContext);
  const image = allowed && imageAddress(text, meant);
  if (!image) return children;
  if (allowed.hosts.includes(image.host))
    return (
      <>
        <Picture key={image.href} image={image} label={label} />
        {children}
      </>
    );
  if (!allowed.settingHref) return children;
  return (
    <>
      {children}
      <span className="mt-0.5 block font-sans text-xs text-subtle">
        Not shown as an image: {image.host} is not on the list of hosts.{" "}
        <TextLink href={allowed.settingHref}>Change the list</TextLink>
      </span>
    </>
  );
}

/** Whoever serves the picture learns nothing of the page; a big one is no bigger than the window. */
function Picture({ image, label }: { image: ImageAddress; label: string }) {
  const [state, setState] = useState<"loading" | "shown" | "failed">("loading");
  useReloadWhenRefused(image);
  if (state === "failed")
    return (
      <span
        role="img"
        aria-label={`${label}: the image could not be loaded`}
        className="mb-1 block w-fit rounded-lg border border-dashed border-line-strong bg-sunken px-3 py-2 font-sans text-sm text-muted"
      >
        The image could not be loaded.{" "}
        <a
          href={image.href}
          target="_blank"
          rel="noopener noreferrer nofollow"
          className="rounded-sm text-accent-ink underline decoration-accent-ink/35 underline-offset-2 hover:decoration-accent-ink"
        >
          Open it by itself
        </a>
      </span>
    );
  return (
    <img
      src={image.href}
      alt={`${label}: ${image.name}`}
      loading="lazy"
      decoding="async"
      referrerPolicy="no-referrer"
      draggable={false}
      onLoad={() => setState("shown")}
      onError={() => setState("failed")}
      className={`mb-1 block max-h-[28rem] max-w-full rounded-lg border border-line bg-sunken object-contain ${state === "loading" ? "min-h-32 min-w-48" : ""}`}
    />
  );
}

const RELOADED = "assay-images-reloaded";
/** Within this time the page is not loaded a second time for the same reason. */
const AGAIN_MS = 60_000;

/**
 * A page that was opened by following a link inside the product has the policy of the page before it, which lets no picture load. It is
 * loaded once more, with its own; what has been entered is kept on the device. A host that is really not allowed is never tried.
 */
function useReloadWhenRefused(image: ImageAddress): void {
  useEffect(() => {
    const refused = (event: SecurityPolicyViolationEvent) => {
      if (event.effectiveDirective !== "img-src" || !navigator.onLine) return;
      if (!event.blockedURI.startsWith(`https://${image.host}/`)) return;
      if (Date.now() - Number(sessionStorage.getItem(RELOADED)) < AGAIN_MS) return;
      sessionStorage.setItem(RELOADED, String(Date.now()));
      window.location.reload();
    };
    document.addEventListener("securitypolicyviolation", refused);
    return () => document.removeEventListener("securitypolicyviolation", refused);
  }, [image]);
}
