import { Banner } from "@/components/ui/banner";
import { formatCount } from "@/lib/core/format";

/** Traces come in, but their sender leaves out what Assay needs; nothing else here would say what to do about it. */
export function BareSpans({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <Banner
      tone="warn"
      title={
        count === 1
          ? "A span came in without its content"
          : `${formatCount(count)} spans came in without their content`
      }
    >
      That a model was called is known, but neither what it was given nor what it answered: tracing does not
      record this by itself. Switch it on at the sender:
      <ul className="mt-1 flex list-disc flex-col gap-0.5 pl-5 [overflow-wrap:anywhere]">
        <li>
          OpenTelemetry: the variables{" "}
          <code>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=SPAN_ONLY</code> and{" "}
          <code>OTEL_SEMCONV_STABILITY_OPT_IN=gen_ai_latest_experimental</code>
        </li>
        <li>
          Vercel AI SDK: <code>{"experimental_telemetry: { isEnabled: true }"}</code> in each call, without{" "}
          <code>recordInputs: false</code> or <code>recordOutputs: false</code>
        </li>
        <li>
          OpenInference: no <code>OPENINFERENCE_HIDE_INPUTS</code> and <code>OPENINFERENCE_HIDE_OUTPUTS</code>
        </li>
        <li>
          Your own spans: the attributes <code>assay.input</code> and <code>assay.output</code>
        </li>
      </ul>
    </Banner>
  );
}
