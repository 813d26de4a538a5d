/*
 * In which language or script a text is written, as far as a look at its letters and its smallest words tells: no dictionary, no model.
 * What it cannot tell it does not say. Pure, and fast enough for every record.
 */

/** Only the beginning is looked at; a shorter text says too little. */
const LOOKED_AT = 240;
export const LEAST_LETTERS = 40;
/** Of the letters so many have to be of one script. */
const DOMINANT = 0.7;
/** Of a language so many small words have to be there, and twice as many as of any other. */
const LEAST_WORDS = 3;
const TIMES_OTHERS = 2;

const SMALL_WORDS: Readonly<Record<string, string>> = {
  English:
    "the of and to in is that it was for on are with his they at be this have from or had by but not what were when we an",
  German:
    "der die und das nicht den von zu ist mit sich des auf für im dem ein eine als auch es an werden aus er hat dass sie nach wird bei",
  French:
    "le la les et des en un une du est que dans pour qui sur pas au par plus ce avec ne sont il se cette aux mais ont nous vous",
  Spanish:
    "el la los las de y que en un una por con para es se del al lo como más pero sus le ha este sí porque esta muy también",
  Italian:
    "il lo la gli le di e che un una per non è con del della dei si da nel sono anche come più alla ma ha questo nella delle",
  Portuguese:
    "o os as de e que em um uma para com não por mais do da dos das no na se como mas foi ao ele tem à seu sua ou são",
  Dutch:
    "de het een en van ik te dat die in is niet zijn op aan met voor er maar om hem dan zou of wat wordt bij nog naar ook",
  Polish:
    "i w nie na się z do to że jest o jak ale po co za od tak jego tym był przez dla są przy czy oraz który być już",
  Swedish:
    "och att det som en på är av för med till den har de inte om ett men var jag från vid så efter när eller också hade ska",
  Danish:
    "og at det er en til af på for med der ikke den har som de et men var jeg fra ved så efter når eller også havde skal blev",
  Turkish:
    "ve bir bu da de için ile çok ne gibi daha olarak olan ama en var kadar sonra ancak değil her mi ki olduğu göre bana ben sen",
};

/** What a small word counts for; one that several languages have counts for each. */
const LANGUAGES = Object.keys(SMALL_WORDS);
const LANGUAGES_OF = new Map<string, number[]>();
for (const [at, words] of Object.values(SMALL_WORDS).entries())
  for (const word of words.split(" ")) LANGUAGES_OF.set(word, [...(LANGUAGES_OF.get(word) ?? []), at]);
const LONGEST_WORD = Math.max(...[...LANGUAGES_OF.keys()].map((word) => word.length));

const SCRIPTS = [
  "Latin",
  "Greek",
  "Cyrillic",
  "Hebrew",
  "Arabic",
  "Devanagari",
  "Thai",
  "Kana",
  "Han",
  "Hangul",
] as const;

/** Place in SCRIPTS; -1 for what is no letter of any of them. */
function scriptOf(unit: number): number {
  if (unit < 0x41) return -1;
  if (unit < 0x250) return unit < 0x5b || (unit > 0x60 && unit < 0x7b) || unit > 0xbf ? 0 : -1;
  if (unit < 0x370) return -1;
  if (unit < 0x400) return 1;
  if (unit < 0x530) return 2;
  if (unit >= 0x590 && unit < 0x600) return 3;
  if (unit >= 0x600 && unit < 0x780) return 4;
  if (unit >= 0x900 && unit < 0x980) return 5;
  if (unit >= 0xe00 && unit < 0xe80) return 6;
  if (unit >= 0x3040 && unit < 0x3100) return 7;
  if (unit >= 0x4e00 && unit < 0xa000) return 8;
  return unit >= 0xac00 && unit < 0xd7b0 ? 9 : -1;
}

/** "English", "Cyrillic", "Japanese"; null where nobody can tell from so little, or where several are mixed. */
export function textLanguage(text: string): string | null {
  if (text.length < LEAST_LETTERS / 2) return null;
  const end = Math.min(text.length, LOOKED_AT);
  const counts = new Uint16Array(SCRIPTS.length);
  let letters = 0;
  for (let at = 0; at < end; at += 1) {
    const script = scriptOf(text.charCodeAt(at));
    if (script < 0) continue;
    letters += 1;
    counts[script] = (counts[script] ?? 0) + 1;
  }
  const [kana = 0, han = 0, hangul = 0] = counts.subarray(7);
  const syllables = kana + han + hangul;
  // A syllable or a word a sign: half as many say as much.
  if (letters + syllables < LEAST_LETTERS) return null;
  if (kana + han >= DOMINANT * letters) return kana >= 0.1 * (kana + han) ? "Japanese" : "Chinese";
  const most = counts.indexOf(Math.max(...counts));
  if ((counts[most] ?? 0) < DOMINANT * letters) return null;
  return most === 0 ? latinLanguage(text.slice(0, end)) : (SCRIPTS[most] ?? null);
}

function latinLanguage(text: string): string | null {
  const scores = new Uint8Array(LANGUAGES.length);
  eachSmallWord(text, (word) => {
    for (const at of LANGUAGES_OF.get(word) ?? []) scores[at] = (scores[at] ?? 0) + 1;
    return true;
  });
  let [best, second, found] = [0, 0, -1];
  for (let at = 0; at < scores.length; at += 1) {
    const score = scores[at] ?? 0;
    if (score > best) [second, best, found] = [best, score, at];
    else if (score > second) second = score;
  }
  return best >= LEAST_WORDS && best >= TIMES_OTHERS * second ? (LANGUAGES[found] ?? null) : null;
}

/** Longer words are stepped over: no small word is that long. Goes on while `visit` says so. */
function eachSmallWord(text: string, visit: (word: string) => boolean): void {
  let from = 0;
  for (let at = 0; at <= text.length; at += 1) {
    if (at < text.length && scriptOf(text.charCodeAt(at)) === 0) continue;
    const length = at - from;
    if (length > 0 && length <= LONGEST_WORD && !visit(text.slice(from, at).toLowerCase())) return;
    from = at + 1;
  }
}

/** Small words of these languages that no other one has. */
export function ownWords(languages: readonly string[]): ReadonlySet<string> {
  const own = new Set(languages.map((language) => LANGUAGES.indexOf(language)));
  return new Set([...LANGUAGES_OF].flatMap(([word, of]) => (of.every((at) => own.has(at)) ? [word] : [])));
}

/** Three such words at the beginning are enough to look no further, which is what nearly every text of a field has. */
export function beginsWith(text: string, words: ReadonlySet<string>): boolean {
  let left = LEAST_WORDS;
  eachSmallWord(text.length > LOOKED_AT ? text.slice(0, LOOKED_AT) : text, (word) => {
    if (words.has(word)) left -= 1;
    return left > 0;
  });
  return left <= 0;
}
