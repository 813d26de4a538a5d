/** Right ones get an error until the wanted share of all is wrong, spread evenly over the list. */
export function mixedWishes(
  candidates: readonly { outputId: string; right: boolean }[],
  wrongShare: number,
): { output_id: string; seeded: boolean }[] {
  const right = candidates.filter((each) => each.right).length;
  const wanted = Math.min(
    right,
    Math.max(0, Math.round(wrongShare * candidates.length) - (candidates.length - right)),
  );
  let passed = 0;
  return candidates.map(({ outputId, right: isRight }) => {
    if (!isRight) return { output_id: outputId, seeded: false };
    passed += 1;
    const seeded = Math.floor((passed * wanted) / right) > Math.floor(((passed - 1) * wanted) / right);
    return { output_id: outputId, seeded };
  });
}
