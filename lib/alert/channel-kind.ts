export const CHANNEL_KINDS = ["slack", "email", "webhook", "pagerduty"] as const;
