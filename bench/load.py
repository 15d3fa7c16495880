"""A closed-loop load generator: so many connections, each sending its next request when the answer to the last one is there."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Result:
    """What came of a run; times in seconds."""

    seconds: float
    times: list[float] = field(default_factory=list)
    size: int = 0
    wrong: int = 0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times) / self.seconds

    def percentile(self, share: float) -> float:
        """The time within which this share of the answers came, in milliseconds."""
        ordered = sorted(self.times) or [0.0]
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def request(method: str, path: str, host: str, cookie: str = "", body: bytes = b"", *, browser: str = "140.0") -> bytes:
    """One request as bytes, from some version of a browser."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", f"User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/{browser}"]
    lines += [f"Cookie: {cookie}"] if cookie else []
    lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"] if method == "POST" else []
    return "\r\n".join([*lines, "", ""]).encode() + body


def load(port: int, requests: Sequence[bytes], *, status: int, connections: int = 16, seconds: float = 5) -> Result:
    """Send the requests in turn for `seconds`; an answer with another status is wrong."""
    return asyncio.run(_load(port, requests, status, connections, seconds))


async def _load(port: int, requests: Sequence[bytes], status: int, connections: int, seconds: float) -> Result:
    result = Result(seconds)
    end = time.perf_counter() + seconds
    share = [requests[number::connections] or requests for number in range(connections)]
    await asyncio.gather(*(_connection(port, own, status, end, result) for own in share))
    return result


async def _connection(port: int, requests: Sequence[bytes], status: int, end: float, result: Result) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    wanted, number = f"HTTP/1.1 {status}".encode(), 0
    while True:
        began = time.perf_counter()
        if began >= end:
            break
        writer.write(requests[number % len(requests)])
        number += 1
        head = await reader.readuntil(b"\r\n\r\n")
        size = _length(head)
        if size:
            await reader.readexactly(size)
        if head.startswith(wanted):
            result.times.append(time.perf_counter() - began)
            result.size = size
        else:
            result.wrong += 1
    writer.close()
    await writer.wait_closed()


def _length(head: bytes) -> int:
    mark = head.lower().find(b"content-length:")
    return int(head[mark + 15 : head.index(b"\r", mark)]) if mark >= 0 else 0
