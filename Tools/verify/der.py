"""Reads DER strictly: one spelling for every length, and nothing behind a value."""


class DERError(Exception):
    pass


class Node:
    """A value: its tag byte, its content, and all of its bytes."""

    def __init__(self, tag, content, encoded):
        self.tag, self.content, self.encoded = tag, content, encoded

    def children(self):
        if not self.tag & 0x20:
            raise DERError("a primitive value where a constructed one has to be")
        nodes, rest = [], self.content
        while rest:
            node, rest = _take(rest)
            nodes.append(node)
        return nodes


def _take(data):
    if len(data) < 2 or data[0] & 0x1F == 0x1F:
        raise DERError("a value is cut short, or has a long tag")
    length, start = data[1], 2
    if length & 0x80:
        count = length & 0x7F
        length, start = int.from_bytes(data[2:2 + count], "big"), 2 + count
        if length < 0x80 or length >> 8 * (count - 1) == 0:
            raise DERError("a length in more bytes than it needs")
    if len(data) < start + length:
        raise DERError("a value is cut short")
    return Node(data[0], data[start:start + length], data[:start + length]), data[start + length:]


def parse(data):
    node, rest = _take(data)
    if rest:
        raise DERError("bytes follow the value")
    return node


class Fields:
    """The members of a constructed value, taken one after the other."""

    def __init__(self, node, tag=0x30):
        if node.tag != tag:
            raise DERError("a value of another kind")
        self.nodes = node.children()

    def take(self, tag):
        node = self.take_if(tag)
        if node is None:
            raise DERError("a member is missing, or another stands in its place")
        return node

    def take_if(self, tag):
        return self.nodes.pop(0) if self.nodes and self.nodes[0].tag == tag else None

    def finish(self):
        if self.nodes:
            raise DERError("a member that is not allowed")
