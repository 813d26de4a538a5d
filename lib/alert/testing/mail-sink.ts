import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

export interface MailSink {
  port: number;
  /** What came between DATA and the dot, of each mail. */
  mails: { recipients: string[]; text: string }[];
  close: () => void;
}

/** A mail server that takes everything, or answers `refuse` instead of taking a mail. */
export async function mailSink(refuse: string | null = null): Promise<MailSink> {
  const mails: MailSink["mails"] = [];
  const server: Server = createServer((socket) => serve(socket, mails, refuse));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  return { port: (server.address() as AddressInfo).port, mails, close: () => void server.close() };
}

function serve(socket: Socket, mails: MailSink["mails"], refuse: string | null): void {
  let buffered = "";
  let recipients: string[] = [];
  let inData = false;
  const say = (line: string) => socket.write(`${line}\r\n`);
  socket.on("error", () => socket.destroy());
  say("220 sink");
  socket.on("data", (chunk) => {
    buffered += chunk.toString("utf8");
    for (;;) {
      const end = inData ? buffered.indexOf("\r\n.\r\n") : buffered.indexOf("\r\n");
      if (end < 0) return;
      const text = buffered.slice(0, end);
      buffered = buffered.slice(end + (inData ? 5 : 2));
      if (inData) {
        inData = false;
        if (refuse === null) mails.push({ recipients, text });
        recipients = [];
        say(refuse ?? "250 taken");
      } else if (/^RCPT TO:/i.test(text)) {
        recipients.push(/<(.*)>/.exec(text)?.[1] ?? "");
        say("250 ok");
      } else if (/^DATA/i.test(text)) {
        inData = true;
        say("354 go on");
      } else if (/^QUIT/i.test(text)) {
        say("221 bye");
        socket.end();
      } else say("250 ok");
    }
  });
}
