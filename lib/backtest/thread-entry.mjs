import { register } from "tsx/esm/api";

// A thread does not inherit the loader of TypeScript of the process that starts it.
register();
await import("./draw-thread.ts");
