"""A model that costs nothing: an OpenAI-compatible endpoint on loopback that takes sentences for claims.

    python benchmarks/stub_model.py --port 0 [--latency 1.0]

Prints its address and answers until its input closes. It reads no language: to a request for claims it answers with the
first sentences of the article that hold a figure, to a request for trials with none, so that what a benchmark measures
is everything but the model. ``GET /calls`` tells how many requests there were and how many at once at most.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys

CLAIMS = 20
SENTENCE = re.compile(r"(?<=[.!?]\s)[A-ZÄÖÜ][^\n]{30,240}?[.!?](?=\s)")
MARKED = re.compile(r"^(?P<marker>=== \w+ ===)\n(?P<text>.*?)\n(?P=marker)", re.DOTALL | re.MULTILINE)


class Stub:
    def __init__(self, latency: float) -> None:
        self.latency, self.calls, self.now, self.most = latency, 0, 0, 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await _request(reader):
                path, body = request
                if path.endswith("/calls"):
                    answer = json.dumps({"calls": self.calls, "most": self.most})
                else:
                    answer = await self.answer(json.loads(body))
                raw = answer.encode("utf-8")
                head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(raw)}\r\n\r\n"
                writer.write(head.encode("ascii") + raw)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def answer(self, body: dict) -> str:
        self.calls += 1
        self.now += 1
        self.most = max(self.most, self.now)
        if self.latency:
            await asyncio.sleep(self.latency)
        self.now -= 1
        text = body["messages"][-1]["content"]
        extract = "list every claim" in body["messages"][0]["content"]
        content = json.dumps(_claims(text) if extract else {"trials": []}, ensure_ascii=False)
        message = {"role": "assistant", "content": content}
        usage = {"prompt_tokens": len(text) // 4, "completion_tokens": len(content) // 4, "total_tokens": 0}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        made = {"id": "1", "object": "chat.completion", "created": 1, "model": body["model"], "choices": [choice]}
        return json.dumps({**made, "usage": usage}, ensure_ascii=False)


def _claims(prompt: str) -> dict:
    found = MARKED.search(prompt)
    quotes = [m.group() for m in SENTENCE.finditer(found["text"] if found else prompt)]
    quotes.sort(key=lambda q: not any(c.isdigit() for c in q))
    return {
        "claims": [
            {
                "quote": q, "statement": q, "kind": "quantitative_move", "cited": None, "modality": "asserted",
                "checkable": "yes", "why_not": None,
            }
            for q in dict.fromkeys(quotes[:CLAIMS])
        ]
    }  # fmt: skip


async def _request(reader: asyncio.StreamReader) -> tuple[str, bytes] | None:
    line = await reader.readline()
    if not line:
        return None
    length = 0
    while (header := await reader.readline()) not in (b"\r\n", b""):
        name, _, value = header.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return line.split()[1].decode("ascii"), await reader.readexactly(length)


async def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--port", type=int, default=0)
    asked.add_argument("--latency", type=float, default=0.0)
    given = asked.parse_args()
    server = await asyncio.start_server(Stub(given.latency).serve, "127.0.0.1", given.port, limit=2**22)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
