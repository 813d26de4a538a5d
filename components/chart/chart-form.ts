import type { FormMark } from "@/lib/estimate/schema";

/** The marks that lie in a period. */
export function formsWithin(forms: readonly FormMark[], row: { start: string; end: string }): FormMark[] {
  return forms.filter((mark) => mark.day >= row.start && mark.day <= row.end);
}

/** What a new version of the form means for a number, in the tooltip and the table. */
export function formNote(mark: FormMark): string {
  return `Version ${mark.version} of the answer form: from here on something else may be asked`;
}
