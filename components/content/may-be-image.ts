const LONGEST = 2_048;

/** Whether a text may name a picture: all that a page needs to know before the reader of pictures is there. */
export function mayBeImage(text: string): boolean {
  return text.length <= LONGEST && /^https:\/\/\S+$/.test(text);
}
