import { connect, type Socket } from "node:net";

/** Sends one request after the other over one connection, with as little work as possible beside the server that is measured. */
export interface RawClient {
  /** The status of the answer. */
  post(path: string, token: string, body: string): Promise<number>;
  close(): void;
}

const HEAD_END = "\r\n\r\n";

export async function rawClient(port: number): Promise<RawClient> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  return {
    post(path, token, body) {
      const length = Buffer.byteLength(body);
      const answer = readAnswer(socket);
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}\r\n` +
          `Content-Length: ${length}${HEAD_END}${body}`,
      );
      return answer;
    },
    close: () => socket.destroy(),
  };
}

function readAnswer(socket: Socket): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = "";
    const end = (finish: () => void) => {
      socket.off("data", read);
      socket.off("close", lost);
      finish();
    };
    const lost = () => end(() => reject(new Error("The server closed the connection.")));
    const read = (chunk: Buffer) => {
      text += chunk.toString("latin1");
      const head = text.indexOf(HEAD_END);
      if (head < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? 0);
      if (text.length >= head + HEAD_END.length + length) end(() => resolve(Number(text.slice(9, 12))));
    };
    socket.on("data", read);
    socket.once("close", lost);
  });
}
