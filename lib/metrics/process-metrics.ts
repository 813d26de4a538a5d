import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import { inFlight } from "@/lib/core/in-flight";
import { poolUse } from "@/lib/db/pool";
import type { Metric } from "./metric-text";

/** Next bundles its own copy of this module, hence `globalThis`. */
const holder = globalThis as typeof globalThis & { assayLoopDelay?: IntervalHistogram };

/** The waiting of the event loop since the last time that somebody asked. */
function loopDelay(): { p50: number; p99: number; max: number } | null {
  const known = holder.assayLoopDelay;
  if (!known) {
    holder.assayLoopDelay = monitorEventLoopDelay({ resolution: 10 });
    holder.assayLoopDelay.enable();
    return null;
  }
  const seconds = (nanoseconds: number) => nanoseconds / 1e9;
  const seen = {
    p50: seconds(known.percentile(50)),
    p99: seconds(known.percentile(99)),
    max: seconds(known.max),
  };
  known.reset();
  return seen;
}

/** Of the process that answers: each replica has its own. */
export function processMetrics(): Metric[] {
  const delay = loopDelay();
  const { requests, bytes } = inFlight();
  const pools = poolUse();
  const memory = process.memoryUsage();
  const one = (value: number | null) => [{ value }];
  return [
    gauge(
      "event_loop_delay_seconds",
      "Waiting of the event loop since the last scrape, quantile 1 being the longest.",
      delay
        ? [
            { labels: { quantile: "0.5" }, value: delay.p50 },
            { labels: { quantile: "0.99" }, value: delay.p99 },
            { labels: { quantile: "1" }, value: delay.max },
          ]
        : [],
    ),
    gauge(
      "ingest_requests_in_flight",
      "Requests at the doors for machines that are being worked on.",
      one(requests),
    ),
    gauge("ingest_bytes_in_flight", "Bytes of bodies that these requests hold in memory.", one(bytes)),
    gauge(
      "pool_connections_in_use",
      "Connections to the database that somebody holds.",
      pools.map(({ name, inUse }) => ({ labels: { pool: name }, value: inUse })),
    ),
    gauge(
      "pool_requests_waiting",
      "Work that waits for a connection to the database.",
      pools.map(({ name, waiting }) => ({ labels: { pool: name }, value: waiting })),
    ),
    gauge("process_resident_memory_bytes", "Memory of this process.", one(memory.rss)),
    gauge("process_uptime_seconds", "Since this process was started.", one(process.uptime())),
  ];
}

function gauge(name: string, help: string, samples: Metric["samples"]): Metric {
  return { name, type: "gauge", help, samples };
}
