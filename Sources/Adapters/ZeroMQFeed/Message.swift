import CZeroMQ

/// Owns one `zmq_msg_t` at a fixed address, reused for every receive: libzmq remembers messages by address.
struct Message: ~Copyable {
    let pointer: UnsafeMutablePointer<zmq_msg_t>

    init() {
        pointer = .allocate(capacity: 1)
        zmq_msg_init(pointer)
    }

    deinit {
        zmq_msg_close(pointer)
        pointer.deallocate()
    }

    var hasMore: Bool { zmq_msg_more(pointer) != 0 }

    /// The part's bytes, valid until the next receive into this message.
    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: zmq_msg_data(pointer), count: zmq_msg_size(pointer))
    }
}
