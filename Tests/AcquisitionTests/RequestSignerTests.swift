import Acquisition
import Testing

/// Signatures that `Tools/reference/aws_vectors.py` made with botocore 1.43.11. The first three are also in the test suite that AWS
/// publishes (get-vanilla, post-vanilla, get-vanilla-query-order-key-case).
@Suite("Signatures of AWS, version 4")
struct RequestSignerTests {
    struct Vector: Sendable {
        let method: String
        let host: String
        let target: String
        let service: String
        var token: String?
        var body = ""
        let signature: String
    }

    static let vectors = [
        Vector(
            method: "GET", host: "example.amazonaws.com", target: "/", service: "service",
            signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        Vector(
            method: "POST", host: "example.amazonaws.com", target: "/", service: "service",
            signature: "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
        Vector(
            method: "GET", host: "example.amazonaws.com", target: "/?Param2=value2&Param1=value1", service: "service",
            signature: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
        Vector(
            method: "POST", host: "bedrock-runtime.us-east-1.amazonaws.com",
            target: "/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse", service: "bedrock",
            body: #"{"messages":[]}"#,
            signature: "dba7f2f77cc33808be655f27b8ebf1d1b1d77751fc96dad0bd71e020cb07c442"),
        Vector(
            method: "POST", host: "bedrock-runtime.us-east-1.amazonaws.com",
            target: "/model/arn%3Aaws%3Abedrock%3A%3A1%3Ainference-profile%2Fx/converse-stream", service: "bedrock",
            token: "IQoJb3JpZ2luX2VjEXAMPLE//////////token+/==",
            body: #"{"messages":[],"inferenceConfig":{"maxTokens":1}}"#,
            signature: "39fc0b723733d7ded32c13e9d7e9b8e9747cbf46b9bd55a59c62ef78c58bb7a4"),
    ]

    @Test("The published vectors and those of botocore", arguments: vectors)
    func signature(vector: Vector) throws {
        let credentials = SigningCredentials(
            accessKeyIdentifier: Array("AKIDEXAMPLE".utf8),
            secretAccessKey: Array("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".utf8),
            sessionToken: vector.token.map { Array($0.utf8) })
        let signer = RequestSigner(credentials: credentials, region: "us-east-1", service: vector.service)
        let fields = signer.fields(
            method: vector.method, target: vector.target,
            fields: [("host", vector.host)] + (vector.body.isEmpty ? [] : [("content-type", "application/json")]),
            body: Array(vector.body.utf8), at: 1_440_938_160_123_456_789)
        #expect(fields.first { $0.name == "x-amz-date" }?.value == "20150830T123600Z")
        let authorization = try #require(fields.last)
        #expect(authorization.name == "authorization")
        #expect(authorization.value.hasPrefix("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/"))
        #expect(authorization.value.hasSuffix("Signature=" + vector.signature))
    }

    @Test("Credentials in the form of AWS's own file")
    func credentials() throws {
        let text = "# mine\n[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key=secret/key+012\n"
        let plain = try SigningCredentials(file: Array(text.utf8), endpoint: "e")
        #expect(plain.secrets.count == 2 && plain.sessionToken == nil)
        let temporary = try SigningCredentials(
            file: Array((text + "aws_session_token = abc/def==\r\n").utf8), endpoint: "e")
        #expect(temporary.sessionToken == Array("abc/def==".utf8))
        for bad in [
            "", "AKIDEXAMPLE\nsecret-key-0123\n", text + "[other]\naws_session_token = abcdefgh\n",
            text + "aws_access_key_id = AKIDOTHER1\n", "aws_access_key_id = AKIDEXAMPLE\n",
            "aws_access_key_id = short\naws_secret_access_key = secret/key+012\n",
        ] {
            let error = #expect(throws: AcquisitionError.self, "\(bad)") {
                try SigningCredentials(file: Array(bad.utf8), endpoint: "e")
            }
            #expect(error?.code == .secret && error?.message.contains("secret/key") == false)
        }
    }
}
