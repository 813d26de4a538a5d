const SENTENCES: Record<string, string> = {
  "instance.set-up": "Set up this installation",
  "session.begin": "Signed in",
  "session.end": "Signed out",
  "session.end-others": "Signed out on every other device",
  "person.change": "Changed a person's account",
  "person.rename": "Changed their own name",
  "person.change-password": "Changed their own password",
  "person.reset-link": "Made a link for a new password",
  "person.reset-password": "Chose a new password with a link",
  "person.sign-out": "Signed a person out everywhere",
  "invite.create": "Made a link to join",
  "invite.accept": "Joined with a link",
  "invite.revoke": "Took a link back",
  "member.add": "Added a member",
  "member.change-role": "Changed a member's role",
  "member.remove": "Removed a member",
  "project.create": "Created the project",
  "project.update": "Changed the project's settings",
  "project.erase": "Erased a project with everything in it",
  "key.create": "Created an API key",
  "key.revoke": "Revoked an API key",
  "plan.change": "Changed the sampling plan",
  "planner.confirm": "Put a plan of the planner in force",
  "monitor.change": "Changed what is watched",
  "baseline.freeze": "Froze the pilot as baseline",
  "source.create": "Added a source",
  "source.rotate-secret": "Gave a hook a new signing secret",
  "source.disable": "Switched a source off",
  "source.enable": "Switched a source on again",
  "release.record": "Noted that a model version went live",
  "answer-schema.publish": "Published a new answer form",
  "review-setting.change": "Changed how reviews are done",
  "gold.make": "Made known items",
  "gold.retire": "Took a known item out of service",
  "incident.acknowledge": "Acknowledged an incident",
  "incident.mute": "Muted an incident",
  "incident.unmute": "Ended an incident's mute",
  "incident.resolve": "Resolved an incident",
  "incident.reopen": "Reopened an incident",
  "incident.note": "Wrote a note on an incident",
  "backtest.start": "Started a backtest",
  "backtest.cancel": "Cancelled a backtest",
  "backtest.delete": "Deleted a backtest",
  "demo.fill": "Filled the simulated project",
};

/** What an audit action means to a person; "key.rotate" becomes "Key: rotate" until it has a sentence. */
export function auditSentence(action: string): string {
  const known = SENTENCES[action];
  if (known) return known;
  const text = action.replace(".", ": ").replaceAll(/[-_]/g, " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
