/** Weekly numbers of reviews that are compared on demand. */
export const COMPARED_BUDGETS = [25, 50, 100, 200];
