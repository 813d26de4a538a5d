import type { Composed } from "./compose-request";
import type { OutboundParts } from "./outbound/post-json";
import { type Attempted, failed } from "./attempted";

export async function sendMail(
  _recipients: string,
  _sent: Composed,
  _parts: Partial<OutboundParts>,
): Promise<Attempted> {
  return failed("mail", "E-mail is not set up.");
}
