import { describe, expect, it } from "vitest";
import { hasRecordedSets, recordedFolder } from "@/lib/dev/coverage/recorded-set";
import { readRecordedStream } from "@/lib/dev/replay/recorded-stream";
import { report } from "@/lib/testing/console";
import { checkRecord } from "./check-record";
import { compileContract } from "./compile-contract";
import { inferContract, profileOf } from "./infer-contract";
import type { KeyedFacts } from "./record-facts";
import { textLanguage } from "./text-language";

const SENTENCES: readonly [string, string][] = [
  [
    "English",
    "The driver reported that the brakes of the vehicle did not respond when it was parked on a hill.",
  ],
  ["German", "Der Fahrer hat gemeldet, dass die Bremsen nicht reagieren, wenn das Auto auf dem Berg steht."],
  [
    "French",
    "Le conducteur a dit que les freins de la voiture ne répondent pas quand elle est dans une pente.",
  ],
  [
    "Spanish",
    "El conductor dice que los frenos y las ruedas del coche no responden cuando el coche está en una cuesta y hay más lluvia.",
  ],
  [
    "Italian",
    "Il conducente dice che i freni della macchina non rispondono e che si ferma nella strada con la pioggia.",
  ],
  [
    "Portuguese",
    "O condutor diz que os travões do carro não respondem e que ele fica parado na rua com a chuva.",
  ],
  [
    "Dutch",
    "De bestuurder zegt dat de remmen van het voertuig niet werken als het op een helling staat en er regen is.",
  ],
  [
    "Polish",
    "Kierowca mówi, że hamulce nie działają, gdy samochód stoi na wzgórzu, a to jest przez deszcz i błoto.",
  ],
  [
    "Swedish",
    "Föraren säger att bromsarna inte fungerar när bilen står på en backe och att det är för halt på vägen.",
  ],
  [
    "Danish",
    "Føreren siger, at bremserne ikke virker, når bilen er på en bakke, og at der har været regn på vejen.",
  ],
  [
    "Turkish",
    "Sürücü, araç yokuşta park ettiği zaman frenlerin çalışmadığını ve bir daha durmadığını söyledi, bu çok tehlikeli ve olarak bildirildi.",
  ],
  ["Cyrillic", "Водитель сообщил, что тормоза автомобиля не работают, когда он стоит на склоне."],
  ["Greek", "Ο οδηγός ανέφερε ότι τα φρένα του οχήματος δεν λειτουργούν όταν είναι σταθμευμένο."],
  ["Arabic", "أفاد السائق أن مكابح السيارة لا تعمل عندما تكون متوقفة على منحدر في الليل."],
  ["Japanese", "運転手は、車が坂道に停まっているときにブレーキが効かないと報告しました。"],
  ["Chinese", "司机报告说,当车辆停在斜坡上的时候,刹车没有任何反应,非常危险,需要马上检查。"],
  ["Hangul", "운전자는 차량이 언덕에 주차되어 있을 때 브레이크가 작동하지 않는다고 보고했습니다."],
];

it.each(SENTENCES)("tells %s", (language, sentence) => {
  expect(textLanguage(sentence)).toBe(language);
});

it("does not say what it cannot tell", () => {
  for (const text of [
    "",
    "Volvo XC90",
    "42",
    "AB-12-CD 99/31 XYZ",
    "lorem ipsum dolor sit amet consectetur adipiscing elit sed",
    "x".repeat(500),
  ])
    expect(textLanguage(text)).toBeNull();
  expect(textLanguage(`${SENTENCES[0]?.[1]} ${SENTENCES[11]?.[1]}`)).toBeNull();
});

describe.skipIf(!hasRecordedSets())("on recorded texts", { timeout: 60_000 }, () => {
  it("recalls: hardly any text is flagged by a contract of the pilot, and another language is", async () => {
    const all = await readRecordedStream(`${recordedFolder()}/nhtsa-recall-documents/records.jsonl.gz`);
    const keyed = all.map((record): KeyedFacts & { pilot: boolean } => ({
      key: record.id,
      pilot: record.phase === "pilot",
      facts: { input: record.input, output: record.output },
    }));
    const pilot = keyed.filter((each) => each.pilot);
    const definition = inferContract(profileOf(pilot), pilot);
    const rules = definition.rules.filter(({ rule }) => rule === "language");
    expect(rules.length).toBeGreaterThan(0);
    const contract = compileContract(definition);
    const production = keyed.filter((each) => !each.pilot);
    const flagged = (facts: KeyedFacts["facts"]) =>
      checkRecord(contract, facts).reasons.some(({ code }) => code === "TEXT_LANGUAGE");
    const flags = production.filter(({ facts }) => flagged(facts)).length;
    const path = rules[0]?.path.split("/").at(-1) ?? "";
    const other = production.slice(0, 500).map(({ facts }) => ({
      ...facts,
      input: { ...(facts.input as object), [path]: `${SENTENCES[1]?.[1]} ` },
    }));
    const found = other.filter(flagged).length;
    report(
      `language: rules ${rules.map((rule) => rule.path).join(" ")}; ${flags} of ${production.length} texts of production flagged, ` +
        `${found} of ${other.length} in German`,
    );
    expect(flags / production.length).toBeLessThan(0.005);
    expect(found).toBe(other.length);
  });
});
