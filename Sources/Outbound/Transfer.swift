import CCurl

/// One exchange on libcurl's side, with all memory that libcurl may touch.
///
/// Made, run and freed on the curl thread. `free()` is explicit, because libcurl may call back while it cleans up,
/// which must not meet an object that is being deallocated.
final class Transfer {
    let job: Job
    let easy: EasyHandle
    let policy: AddressPolicy

    var response: ResponseBuffer
    /// Set once the connection stands: from then on the server may have seen the request.
    var requestMayHaveLeft = false
    var hasTriedAddress = false
    var refusedAddress: IPAddress?
    /// Why a callback of ours stopped the transfer.
    var failure: TransportError?

    private let body: UnsafeMutableBufferPointer<UInt8>
    private let errorText = UnsafeMutableBufferPointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var list: UnsafeMutablePointer<curl_slist>?
    private var readCount = 0

    init(_ job: Job, policy: AddressPolicy) throws(TransportError) {
        easy = try EasyHandle()
        self.job = job
        self.policy = policy
        response = ResponseBuffer(limits: job.errand.limits)
        body = .allocate(capacity: job.errand.body?.count ?? 0)
        _ = body.initialize(from: job.errand.body ?? [])
        errorText.initialize(repeating: 0)
    }

    func free() {
        easy.free()
        curl_slist_free_all(list)
        body.deallocate()
        errorText.deallocate()
    }

    /// libcurl's words for the operator's log; they hold host names at most, nothing of the request.
    var reason: String {
        errorText.baseAddress.map { String(cString: $0) } ?? ""
    }

    func setErrorText() throws(TransportError) {
        try easy.set(CURLOPT_ERRORBUFFER, pointer: errorText.baseAddress)
    }

    /// Only one option of a transfer is a list.
    func setList(_ option: CURLoption, _ lines: [String]) throws(TransportError) {
        for line in lines {
            guard let longer = curl_slist_append(list, line) else { throw .misconfigured(setting: "curl_slist_append") }
            list = longer
        }
        try easy.set(option, list: list)
    }

    /// Lets libcurl take the body as a whole.
    func setBody() throws(TransportError) {
        try easy.set(CURLOPT_POSTFIELDSIZE_LARGE, offset: body.count)
        try easy.set(CURLOPT_POSTFIELDS, pointer: body.baseAddress)
    }

    /// The next piece of the body, for an upload.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let rest = body[readCount...].prefix(buffer.count)
        buffer.copyBytes(from: rest)
        readCount += rest.count
        return rest.count
    }

    var bodyCount: Int { body.count }
}
