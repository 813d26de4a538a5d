import type { NextConfig } from "next";

const config: NextConfig = {
  agentRules: false,
  reactCompiler: true,
  experimental: { turbopackRustReactCompiler: true },
  typedRoutes: true,
  poweredByHeader: false,
  devIndicators: false,
  images: { unoptimized: true },
  // `npm run check` has seen the types already; here they would be looked at a second time.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["pg", "pino", "graphile-worker", "@node-rs/argon2"],
};

export default config;
