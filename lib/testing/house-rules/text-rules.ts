import type { Violation } from "./import-rules";
import { isTest, type SourceFile } from "./source-files";

interface TextRule {
  pattern: RegExp;
  message: string;
  /** Files to which it does not apply. */
  except?: (path: string) => boolean;
}

/** Write numbers as foreign systems would, or reckon with a part of a time; nobody reads that. */
const MAKES_DATA = new Set([
  "lib/review/wrong-value.ts",
  "lib/review/make-digests.ts",
  "lib/demo/demo-stream.ts",
]);

/** Colours that no style sheet reaches: the browser's bar, the icon of a tab, the white of the mark. */
const OUTSIDE_OF_A_PAGE = new Set([
  "app/layout.tsx",
  "app/(app)/[project]/tab-mark.ts",
  "components/shell/brand.tsx",
]);

/** What may not be written, wherever it comes from. */
export const TEXT_RULES: Record<string, TextRule> = {
  "raw SQL is a tagged template": {
    pattern: /\$queryRawUnsafe|\$executeRawUnsafe|\bPrisma\.raw\b/,
    message: "string-built SQL",
    except: (path) => path === "lib/db/sql.ts",
  },
  "no Server Actions": {
    pattern: /^\s*["']use server["']/m,
    message: "there are no Server Actions: write a route",
  },
  "no Next cache": {
    pattern: /^\s*["']use cache/m,
    message: "there is no use cache: every page is a private view of now",
  },
  "no fonts from elsewhere": { pattern: /next\/font\/google/, message: "fonts come from a package" },
  "statistics have no clock and no dice": {
    pattern: /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\.now\b|\bprocess\./,
    message: "lib/stats has no clock, no randomness and no process",
    except: (path) => !path.startsWith("lib/stats/") || isTest(path),
  },
  "nothing is fetched by the server": {
    pattern: /(?<![\w.])fetch\(|\bglobalThis\.fetch\b|\bnew (WebSocket|EventSource)\(/,
    message: "only lib/alert/outbound makes requests; ask it",
    except: (path) =>
      !/^lib\/|^app\/.*(page|layout|route)\.tsx?$/.test(path) ||
      /^lib\/(dev|testing)\//.test(path) ||
      isTest(path),
  },
  "one place writes numbers and dates": {
    pattern: /\.toFixed\(|\.toLocale\w*String\(|\bIntl\.(Number|DateTime|RelativeTime|List)Format\([^)]/,
    message: "use or add a format in lib/core/format.ts: the same thing always looks the same",
    except: (path) =>
      /^lib\/(core\/(format|local-day)\.ts|dev\/|testing\/|project\/schema\.ts)/.test(path) ||
      MAKES_DATA.has(path) ||
      isTest(path),
  },
  "pages are drawn with tokens": {
    pattern:
      /["'(]#(?:[\da-f]{3}|[\da-f]{6}|[\da-f]{8})["')]|\brgba?\(|(?<![\w-])text-\[\d[\d.]*(?:px|rem)\]|(?<![\w-])(?:text|bg|border|fill|stroke|ring|from|to|via|divide|outline)-(?:red|orange|amber|yellow|lime|green|emerald|teal|cyan|sky|blue|indigo|violet|purple|fuchsia|pink|rose|slate|gray|zinc|neutral|stone)-\d{2,3}\b/i,
    message: "colours and sizes of type have names in app/globals.css",
    except: (path) => !/^(app|components)\//.test(path) || OUTSIDE_OF_A_PAGE.has(path) || isTest(path),
  },
  "content is never markup": {
    pattern: /dangerouslySetInnerHTML/,
    message: "foreign content is text; only the layout writes a script of ours",
    except: (path) => path === "app/layout.tsx" || isTest(path),
  },
  "no switched-off checks": {
    pattern: /(oxlint|eslint|biome)-(disable|ignore)|@ts-(ignore|nocheck)/,
    message: "mend what the check found",
    except: isTest,
  },
};

export const FORBIDDEN_NAMES: Record<string, RegExp> = {
  "no proxy in front of the routes": /^(src\/)?(proxy|middleware)\.(ts|js|mjs)$/,
  "no file named after nothing": /(^|\/)(index|utils|util|helpers|helper|service|repository)\.tsx?$/,
  "no Pages Router": /^pages\//,
};

export function checkTexts(files: SourceFile[]): Violation[] {
  return files.flatMap(({ path, text }) =>
    Object.entries(TEXT_RULES).flatMap(([rule, { pattern, message, except }]) =>
      pattern.test(text) && !except?.(path) ? [{ rule, path, message }] : [],
    ),
  );
}

export function checkNames(paths: string[]): Violation[] {
  return paths.flatMap((path) =>
    Object.entries(FORBIDDEN_NAMES).flatMap(([rule, pattern]) =>
      pattern.test(path) ? [{ rule, path, message: rule }] : [],
    ),
  );
}
