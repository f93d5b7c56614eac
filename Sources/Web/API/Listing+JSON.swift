internal import Storage
internal import StrictJSON

extension Listing {
    /// The part as an answer: the rows under their name, the total and where to go on.
    func json(_ name: String, _ row: (Row) -> JSON) -> JSON {
        .object([name: .array(rows.map(row)), "total": JSON(total), "nextCursor": JSON(next?.text)])
    }
}
