/** So many outputs can be picked with one question: people have to look at each of them. */
export const MOST_PICKED = 500;
