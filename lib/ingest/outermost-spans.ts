import type { OtlpSpan } from "./otlp-value";
import { inputText, isMarked, outputText, spanRole } from "./span-content";

/** A span that is an output, with its content as JSON; null for what it does not hold. */
export interface OutputSpan {
  span: OtlpSpan;
  input: string | null;
  output: string | null;
}

/** A span in the tree of its trace, as far as the request holds it. */
interface Node extends OutputSpan {
  complete: boolean;
  isCall: boolean;
  parent: Node | null;
  children: Node[];
  /** A complete span lies inside of it. */
  holds: boolean;
  /** A complete span lies around it, or a chosen one. */
  inComplete: boolean;
  inChosen: boolean;
  chosen: boolean;
}

/**
 * The spans of a request that are outputs: of each trace the outermost ones with input and output, and the outermost calls of a model
 * that lack one of them and have no whole one around or inside. A parent in another request is not known here.
 */
export function outermostSpans(spans: readonly OtlpSpan[]): OutputSpan[] {
  const inOrder = outsideIn(spans.map(nodeOf));
  for (const node of inOrder.toReversed()) {
    if (node.parent && (node.complete || node.holds)) node.parent.holds = true;
  }
  for (const node of inOrder) {
    const { parent, complete, isCall, holds } = node;
    node.inComplete = parent !== null && (parent.complete || parent.inComplete);
    node.inChosen = parent !== null && (parent.chosen || parent.inChosen);
    node.chosen = complete ? !node.inComplete : isCall && !holds && !node.inChosen;
  }
  return inOrder.filter(({ chosen }) => chosen);
}

function nodeOf(span: OtlpSpan): Node {
  const role = spanRole(span);
  const counts = span.resource.get("assay.spans") === "marked" ? isMarked(span.attributes) : role !== "part";
  const input = counts ? inputText(span) : null;
  const output = counts ? outputText(span) : null;
  return {
    span,
    input,
    output,
    complete: input !== null && output !== null,
    isCall: counts && role === "call",
    parent: null,
    children: [],
    holds: false,
    inComplete: false,
    inChosen: false,
    chosen: false,
  };
}

/** Parents before their children. Spans that are each other's parents have no outermost one: the first of them is taken for it. */
function outsideIn(nodes: readonly Node[]): Node[] {
  const bySpan = new Map<string, Node>();
  for (const node of nodes) {
    const { traceId, spanId } = node.span;
    if (traceId !== "" && spanId !== "" && !bySpan.has(traceId + spanId)) bySpan.set(traceId + spanId, node);
  }
  for (const node of nodes) {
    const parent = bySpan.get(node.span.traceId + node.span.parentSpanId);
    if (parent) parent.children.push(node);
    node.parent = parent ?? null;
  }
  const seen = new Set<Node>();
  const inOrder: Node[] = [];
  const take = (root: Node) => {
    root.parent = null;
    seen.add(root);
    for (let at = inOrder.push(root) - 1; at < inOrder.length; at += 1) {
      for (const child of inOrder[at]?.children ?? []) {
        if (seen.has(child)) continue;
        seen.add(child);
        inOrder.push(child);
      }
    }
  };
  for (const node of nodes) if (node.parent === null) take(node);
  for (const node of nodes) if (!seen.has(node)) take(node);
  return inOrder;
}
