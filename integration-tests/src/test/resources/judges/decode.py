"""Decodes Confluent-framed Avro values with Apache Avro for Python and the schemas that a registry's REST API gives.

    decode.py REGISTRY_URL < frames

Standard input holds frames, each preceded by its length in four bytes, big endian (kcat -f '%R%s'). A frame is a zero byte, the
schema's id in four bytes, big endian, and the Avro binary encoding. One line of JSON is printed for each: bytes in hexadecimal,
timestamps in milliseconds.
"""

import datetime
import io
import json
import struct
import sys
import urllib.request

import avro.io
import avro.schema

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def frames(stream):
    while header := stream.read(4):
        (length,) = struct.unpack(">I", header)
        frame = stream.read(length)
        if len(frame) != length:
            sys.exit(f"a frame of {length} bytes ends after {len(frame)}")
        yield frame


def schema_of(registry, schema_id):
    with urllib.request.urlopen(f"{registry}/schemas/ids/{schema_id}", timeout=20) as response:
        return avro.schema.parse(json.load(response)["schema"])


def plain(value):
    """What json cannot print by itself."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime.datetime):
        return (value - EPOCH) // datetime.timedelta(milliseconds=1)
    raise TypeError(f"no JSON for {type(value).__name__}")


def main(registry):
    readers = {}
    for frame in frames(sys.stdin.buffer):
        magic, schema_id = struct.unpack(">bI", frame[:5])
        if magic != 0:
            sys.exit(f"magic byte {magic} instead of 0")
        if schema_id not in readers:
            readers[schema_id] = avro.io.DatumReader(schema_of(registry, schema_id))
        payload = io.BytesIO(frame[5:])
        value = readers[schema_id].read(avro.io.BinaryDecoder(payload))
        if payload.read():
            sys.exit("bytes follow the Avro value")
        print(json.dumps({"schema": readers[schema_id].writers_schema.fullname, "value": value}, default=plain))


main(sys.argv[1])
