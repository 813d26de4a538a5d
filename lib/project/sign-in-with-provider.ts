import type { InstanceCtx } from "@/lib/core/ctx";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { writeAudit } from "@/lib/db/audit";
import { inTransaction } from "@/lib/db/transaction";
import { beginSession, type SignIn, type Visitor } from "./begin-session";
import { emailSchema, personNameSchema } from "./schema";
import { grantInvite, type OpenInvite } from "./take-invite";

/** Claims of an identity token whose signature, issuer, audience, nonce and state were verified. */
export interface ProviderClaims {
  issuer: string;
  subject: string;
  email: unknown;
  emailVerified: unknown;
  name: unknown;
}

/**
 * Signs in whom the identity provider vouches for. An account is found by (issuer, subject) alone, never by its address. Without
 * one, a pending link that was made for exactly the provider's verified address creates it; nobody else gets in.
 * @throws AppError FORBIDDEN with the reason
 */
export async function signInWithProvider(
  ctx: InstanceCtx,
  claims: ProviderClaims,
  visitor: Visitor,
): Promise<SignIn> {
  const known = await ctx.db.user.findUnique({
    where: { oidcIssuer_oidcSubject: { oidcIssuer: claims.issuer, oidcSubject: claims.subject } },
    select: { id: true },
  });
  const userId = known?.id ?? (await createInvitedPerson(ctx, claims));
  return beginSession(ctx, userId, visitor, "provider");
}

async function createInvitedPerson(ctx: InstanceCtx, claims: ProviderClaims): Promise<string> {
  const parsed = emailSchema.safeParse(claims.email);
  if (!parsed.success || claims.emailVerified !== true) throw refused("provider_email_unverified");
  const email = parsed.data;
  const name = personNameSchema.catch(email).parse(claims.name);
  const id = newId();
  await inTransaction(ctx.db, async (tx) => {
    if (await tx.user.findUnique({ where: { email }, select: { id: true } })) throw refused("account_exists");
    const invites = await tx.$queryRaw<OpenInvite[]>`
      UPDATE invite SET used_at = ${ctx.now}
      WHERE email = ${email} AND used_at IS NULL AND revoked_at IS NULL AND expires_at > ${ctx.now} AND user_id IS NULL
        AND (project_id IS NULL OR EXISTS (SELECT 1 FROM project p WHERE p.id = invite.project_id AND p.archived_at IS NULL))
      RETURNING id, email, project_id AS "projectId", role, is_admin AS "isAdmin", user_id AS "userId"`;
    if (invites.length === 0) throw refused("not_invited");
    await tx.user.create({
      data: { id, email, name, oidcIssuer: claims.issuer, oidcSubject: claims.subject },
    });
    const actor = { kind: "user", userId: id, sessionId: "", isAdmin: false, name } as const;
    for (const invite of onePerGrant(invites)) {
      await grantInvite(tx, invite, id);
      await writeAudit(
        tx,
        { ...ctx, actor },
        {
          action: "invite.accept",
          objectKind: "invite",
          objectId: invite.id,
          details: {
            project_id: invite.projectId,
            role: invite.role,
            admin: invite.isAdmin,
            via: "provider",
          },
        },
      );
    }
  });
  return id;
}

/** Two links into the same project: the first one counts. */
function onePerGrant(invites: OpenInvite[]): OpenInvite[] {
  const seen = new Set<string>();
  return invites.filter((invite) => {
    const grant = invite.projectId ?? "admin";
    if (seen.has(grant)) return false;
    seen.add(grant);
    return true;
  });
}

function refused(reason: string): AppError {
  return new AppError("FORBIDDEN", "This account of the identity provider has no access here.", { reason });
}
