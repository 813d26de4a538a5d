/** Why the form as a whole was not taken; read out as soon as it appears. */
export function FormProblem({ problem }: { problem: string | null }) {
  return (
    // While empty it stays for screen readers but takes no gap in the form.
    <div role="alert" aria-live="assertive" className="empty:absolute">
      {problem ? (
        <p className="rounded-md bg-alarm-soft px-3 py-2 text-sm text-alarm-ink">{problem}</p>
      ) : null}
    </div>
  );
}
