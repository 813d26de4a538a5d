import type { NextConfig } from "next";

const config: NextConfig = {
  agentRules: false,
  reactCompiler: true,
  // In development, debug data over the socket never ends for a navigation: the next page would be fetched and never shown.
  experimental: { turbopackRustReactCompiler: true, reactDebugChannel: false },
  typedRoutes: true,
  poweredByHeader: false,
  devIndicators: false,
  images: { unoptimized: true },
  // `npm run check` has seen the types already; here they would be looked at a second time.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "pg",
    "pino",
    "graphile-worker",
    "@node-rs/argon2",
    "nodemailer",
    "@resvg/resvg-wasm",
  ],
};

export default config;
