-- Used from the next migration on: a new value counts only after its own transaction.
ALTER TYPE "phase" ADD VALUE 'HELD';
