import type { MachineDoor } from "@/lib/core/machine-door";

export interface OpenDoor {
  door: MachineDoor;
  params: Record<string, string>;
}

/** Finds the door for a request, once for all requests prepared. */
export function doorFinder(doors: readonly MachineDoor[]): (method: string, url: string) => OpenDoor | null {
  const prepared = doors.map((door) => ({ door, parts: door.path.split("/") }));
  return (method, url) => {
    const parts = pathOf(url).split("/");
    for (const { door, parts: pattern } of prepared) {
      const params = door.method === method ? matchParts(pattern, parts) : null;
      if (params) return { door, params };
    }
    return null;
  };
}

function pathOf(url: string): string {
  const end = url.indexOf("?");
  return end < 0 ? url : url.slice(0, end);
}

function matchParts(pattern: string[], parts: string[]): Record<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = parts[index] ?? "";
    const name = /^\[(\w+)\]$/.exec(expected)?.[1];
    if (name === undefined) {
      if (expected !== actual) return null;
    } else {
      const value = decode(actual);
      if (!value) return null;
      params[name] = value;
    }
  }
  return params;
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
