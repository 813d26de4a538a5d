import { cva, type VariantProps } from "class-variance-authority";
import type { Route } from "next";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";

import { cn } from "./class-names";

export const buttonStyle = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none transition-colors duration-100 disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50 print:hidden [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-accent text-on-accent shadow-raised hover:bg-accent-hover",
        secondary: "border border-line-strong bg-surface text-ink shadow-raised hover:bg-hover",
        ghost: "text-muted hover:bg-hover hover:text-ink",
        danger: "bg-alarm text-on-accent shadow-raised hover:brightness-95",
      },
      size: {
        sm: "h-7 px-2.5 text-xs",
        md: "h-8 px-3 text-sm",
        lg: "h-10 px-4 text-base",
        icon: "size-8",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

type ButtonStyle = VariantProps<typeof buttonStyle>;

/** A press. `busy` keeps the label, shows that it works and refuses a second press. */
export function Button({
  variant,
  size,
  busy = false,
  className,
  children,
  disabled,
  type = "button",
  ...rest
}: ComponentProps<"button"> & ButtonStyle & { busy?: boolean }) {
  return (
    <button
      type={type}
      className={cn(buttonStyle({ variant, size }), className)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy ? <Spinner /> : null}
      {children}
    </button>
  );
}

/*
 * Nothing is fetched ahead: every page is made of fresh reads, so a page with twenty links would cause twenty of them (measured: 34
 * requests for one overview).
 */

/** Addresses are often built from data, so a plain string is taken; the typed routes stay for literal links. */
type LinkAttributes = Omit<ComponentProps<typeof Link>, "href" | "ref"> & { href: string };

/** A link that looks like a button: it goes somewhere, it changes nothing. */
export function LinkButton({
  variant,
  size,
  className,
  href,
  children,
  ...rest
}: LinkAttributes & ButtonStyle & { children: ReactNode }) {
  return (
    <Link
      href={href as Route}
      prefetch={false}
      className={cn(buttonStyle({ variant, size }), className)}
      {...rest}
    >
      {children}
    </Link>
  );
}

/** A link inside a sentence or a cell. */
export function TextLink({ className, href, ...rest }: LinkAttributes) {
  return (
    <Link
      href={href as Route}
      prefetch={false}
      className={cn(
        "rounded-sm font-medium text-accent-ink underline decoration-accent-ink/35 underline-offset-2 hover:decoration-accent-ink",
        className,
      )}
      {...rest}
    />
  );
}

export function Spinner({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        "size-3.5 animate-spin rounded-full border-2 border-current border-r-transparent",
        className,
      )}
    />
  );
}
