export interface Concept {
  /** Anchor; pages link to it, so it stays. */
  id: string;
  term: string;
  /** Paragraphs. */
  text: readonly string[];
}

/** What the words on the screens mean, in the order in which one meets them. */
export const CONCEPTS: readonly Concept[] = [
  {
    id: "output",
    term: "Output",
    text: [
      "One thing that your system put out: what it was given, what it answered, when, and what you want to tell apart (segments, model version, confidence). Your own id makes it the same output when it is sent again.",
    ],
  },
  {
    id: "sample",
    term: "Sampled output",
    text: [
      "Nobody can check everything, so some outputs are drawn at random. The draw is decided by a secret key and the output's id, not by anybody's choice, and the probability with which it was drawn is kept with it. That is why a small part can speak for the whole.",
      "How many are drawn follows from the sampling plan: the reviews a week that your team can do, spread over the traffic that you expect. Flagged outputs are drawn more often, and count less in return.",
    ],
  },
  {
    id: "review",
    term: "Review",
    text: [
      "One person answers the questions of the form about one sampled output, before seeing what the system said. Then the output is shown, and the two are compared. Both answers are kept; a correction is a new entry, never an overwrite.",
      "The queue is served in a fixed random order. Whoever stops in the middle has judged a fair sample all the same.",
    ],
  },
  {
    id: "truth",
    term: "Ground truth",
    text: [
      "What would have been right. It comes from reviewers, from a third person when two of them disagree, or later from your own system, when a payment, a complaint or a diagnosis has shown it. Truth that only some outputs ever get (complaints, for example) is kept apart from the accuracy: it would make everything look worse than it is.",
    ],
  },
  {
    id: "verdict",
    term: "Verdict",
    text: [
      "Right, wrong, or cannot be judged. It follows from comparing the answer with the output by the rules of the form; a reviewer may overrule it with a reason.",
    ],
  },
  {
    id: "segment",
    term: "Segment",
    text: [
      "A part of the traffic that you name when you send: region, channel, device, kind of customer. Accuracy is shown for each value, because a loss usually begins in one of them and hides in the average.",
    ],
  },
  {
    id: "pilot",
    term: "Pilot and baseline",
    text: [
      "The outputs of the time in which you trusted the system enough to let it go live. Frozen, the pilot's accuracy becomes the line that production is compared with. The rules of the contract and what inputs usually look like are read off it too.",
    ],
  },
  {
    id: "band",
    term: "Interval band",
    text: [
      "A number from a sample is never exact. The band around it says where the true accuracy lies: 95 of 100 such bands contain it. Few reviews make it wide, and a point with fewer than 20 reviews is drawn hollow and joined to nothing.",
      "The thin outer outline is wider because it holds at every moment at once, however often somebody looks. A single point never raises an alarm: monitors add up whole days and do.",
    ],
  },
  {
    id: "alarm",
    term: "Alarm and incident",
    text: [
      "Each watched segment has a detector that adds up evidence with every day that is reviewed. When the evidence for a drop is strong enough, an incident opens: since when, in which segment, how sure, and which reviews say so. There is one open incident for a segment at a time.",
      "All detectors together keep to the number of false alarms that you accept, about one in two years unless you changed it. Looking every day does not spend it faster.",
    ],
  },
  {
    id: "mix",
    term: "Traffic or model",
    text: [
      "Accuracy can fall although the model is as good as before, when more of the difficult cases come. Beside every drop Assay says how much of it is other traffic and how much is other answers on the same traffic.",
    ],
  },
  {
    id: "contract",
    term: "Contract",
    text: [
      "Rules about what inputs and outputs look like: which fields there are, of which type, within which limits, out of which lists. They are read off the pilot with a count of what each rests on, tried against the pilot, and judge nothing before you publish them.",
      "A broken rule flags an output, or holds it back when it cannot be read as it was meant.",
    ],
  },
  {
    id: "quarantine",
    term: "Quarantine",
    text: [
      "Records that cannot be taken as they came, kept with their bytes and the reason. Nothing is dropped in silence. They can be judged again after the contract was mended, accepted once, or discarded with a note, and some of them are reviewed, so that it is known what leaving them out hides.",
    ],
  },
  {
    id: "drift",
    term: "Drift",
    text: [
      "Inputs or answers that have moved away from the pilot's. It is a hint to look, not a loss of accuracy: only reviews say whether the answers are still right.",
    ],
  },
  {
    id: "ledger",
    term: "Ledger",
    text: [
      "The count of everything that was received, by source and hour: taken, flagged, sent twice, in conflict, in quarantine, refused. It has to add up; when it does not, the page says so.",
    ],
  },
];
