#!/usr/bin/env python3
"""A time-stamp authority for tests: made with openssl, answering RFC 3161 queries over HTTP on the loopback interface.

usage: authority.py FOLDER

Makes a root and a signer in FOLDER, writes FOLDER/url with its address, and answers until it is killed. Nobody should believe it.
"""

import http.server
import os
import subprocess
import sys
import tempfile

CONFIGURATION = """
[tsa]
default_tsa = authority
[authority]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


def make(folder):
    os.makedirs(folder, exist_ok=True)
    name = os.path.basename(os.path.abspath(folder))

    def path(part):
        return os.path.join(folder, part)

    with open(path("openssl.cnf"), "w", encoding="utf-8") as file:
        file.write(CONFIGURATION.format(folder=folder))
    with open(path("serial"), "w", encoding="utf-8") as file:
        file.write("01\n")
    for part in ("root", "signer"):
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", path(part + ".key"))
    openssl("req", "-x509", "-new", "-key", path("root.key"), "-out", path("root.pem"), "-days", "3650", "-subj",
            f"/CN={name} root", "-config", path("openssl.cnf"), "-extensions", "root")
    openssl("req", "-new", "-key", path("signer.key"), "-out", path("signer.csr"), "-subj", f"/CN={name}", "-config",
            path("openssl.cnf"))
    openssl("x509", "-req", "-in", path("signer.csr"), "-CA", path("root.pem"), "-CAkey", path("root.key"),
            "-CAcreateserial", "-days", "365", "-extfile", path("openssl.cnf"), "-extensions", "signer", "-out",
            path("signer.pem"))


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folder = ""

    def do_POST(self):
        query = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        with tempfile.TemporaryDirectory() as scratch:
            with open(os.path.join(scratch, "q"), "wb") as file:
                file.write(query)
            openssl("ts", "-reply", "-config", os.path.join(self.folder, "openssl.cnf"), "-queryfile",
                    os.path.join(scratch, "q"), "-signer", os.path.join(self.folder, "signer.pem"), "-inkey",
                    os.path.join(self.folder, "signer.key"), "-out", os.path.join(scratch, "r"))
            with open(os.path.join(scratch, "r"), "rb") as file:
                answer = file.read()
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments):
        pass


def main():
    folder = os.path.abspath(sys.argv[1])
    make(folder)
    Handler.folder = folder
    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    address = os.path.join(folder, "url")
    with open(address + ".partial", "w", encoding="utf-8") as file:
        file.write(f"http://127.0.0.1:{server.server_port}/")
    os.rename(address + ".partial", address)
    server.serve_forever()


if __name__ == "__main__":
    main()
