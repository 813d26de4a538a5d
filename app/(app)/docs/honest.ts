import type { Concept } from "./concepts";

/** How the numbers stay honest: what is done, and what it protects from. */
export const HONEST: readonly Concept[] = [
  {
    id: "probabilities",
    term: "Known probabilities",
    text: [
      "A keyed hash decides which outputs are reviewed. Every sample keeps the probability with which it was drawn, and every number is weighted by it. Without that, averages say more about what was picked than about the system.",
    ],
  },
  {
    id: "order",
    term: "Any order of work is a valid sample",
    text: [
      "The queue is served in the order of random numbers that never change. A team that stops on Wednesday has judged a random part of the week, not the easy one.",
    ],
  },
  {
    id: "blind",
    term: "Blind first",
    text: [
      "A reviewer who sees the answer first tends to agree with it. Here the output is not sent to the browser before the reviewer has answered. A project may show outputs first to save time; then a random part is still done blind, and the difference is measured.",
    ],
  },
  {
    id: "intervals",
    term: "Intervals that hold",
    text: [
      "The intervals are made for unequal weights and for the case that not one error was seen. That they contain the truth as often as they say is simulated in the tests of Assay itself, on known populations.",
    ],
  },
  {
    id: "looking",
    term: "Alarms that survive being looked at every day",
    text: [
      "A plain test that is read every morning raises a false alarm sooner or later, because it is given so many chances. The detectors here are built so that the number of false alarms stays within what you accept, whenever you look and over all segments together.",
    ],
  },
  {
    id: "people",
    term: "People are measured too",
    text: [
      "Items with a known answer, own old items and second opinions come among the others, told apart by nobody. They say how many errors are overlooked and how far people agree. When a change of reviewers looks like a change of the model, Assay says so.",
    ],
  },
  {
    id: "hidden",
    term: "Nothing is hidden",
    text: [
      "Skipped and unjudgeable samples, traffic that nobody has looked at, quarantined records and duplicates are counted and shown. Accuracy on what was accepted and on all traffic stand side by side.",
    ],
  },
  {
    id: "small",
    term: "Small numbers are said to be small",
    text: [
      "Below 20 reviews a point has no line. A pilot of 100 judged outputs cannot carry an alarm for a drop of five points, and the planner says that instead of promising it. Grey means: no difference that the reviews so far could show.",
    ],
  },
  {
    id: "silence",
    term: "Silence is never green",
    text: [
      "No data is not good news. When nothing comes in, when the evaluation stands still or the reviews are overdue, the pages say since when, and an alarm follows.",
    ],
  },
];
