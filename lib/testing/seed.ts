import fc from "fast-check";

/** Properties without a seed of their own are tried with the same values in every run; ASSAY_SEED=2 tries others. */
fc.configureGlobal({ seed: Number(process.env.ASSAY_SEED || 1) });
