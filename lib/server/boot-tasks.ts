/**
 * What this release does once the database is ready and before the first request, in order. Each task is safe to run at
 * every start and by several replicas at once.
 */
export const bootTasks: { name: string; run: (print: (line: string) => void) => Promise<void> }[] = [];
