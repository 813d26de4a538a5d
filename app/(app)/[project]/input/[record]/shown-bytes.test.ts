import { describe, expect, it } from "vitest";
import { shownBytes } from "./shown-bytes";

describe("bytes that were kept", () => {
  it("are read as text, with what nobody would see named", () => {
    expect(shownBytes(Buffer.from('{"a":\t"注文 é"}\r\n'))).toEqual({
      form: "text",
      text: '{"a":\t"注文 é"}\n',
      shown: 20,
    });
    expect(shownBytes(Buffer.from("a\u0000b\u202ec\u200bd\u007f\ufeff")).text).toBe(
      "a⟨U+0000⟩b⟨U+202E⟩c⟨U+200B⟩d⟨U+007F⟩⟨U+FEFF⟩",
    );
  });

  it("are hexadecimal digits when they are no UTF-8", () => {
    const { form, text, shown } = shownBytes(
      Buffer.from([0x7b, 0x22, 0xff, 0x00, ...Buffer.alloc(14, 0x41)]),
    );
    expect(form).toBe("hexadecimal");
    expect(shown).toBe(18);
    expect(text.split("\n")).toEqual([
      '000000  7b 22 ff 00 41 41 41 41 41 41 41 41 41 41 41 41  {"··AAAAAAAAAAAA',
      "000010  41 41                                            AA",
    ]);
  });

  it("are cut between characters, and say how much is shown", () => {
    for (const before of ["", "a", "aa"]) {
      const bytes = Buffer.from(`${before}${"€".repeat(30_000)}`);
      const { form, text, shown } = shownBytes(bytes);
      expect(form).toBe("text");
      expect(bytes.subarray(0, shown).toString()).toBe(text);
      expect(64 * 1024 - shown).toBeLessThan(3);
    }
    expect(shownBytes(Buffer.alloc(100_000, 0xff)).shown).toBe(4096);
    expect(shownBytes(Buffer.alloc(0))).toEqual({ form: "text", text: "", shown: 0 });
  });
});
