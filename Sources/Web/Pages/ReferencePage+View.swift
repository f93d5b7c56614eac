internal import Views

extension ReferencePage {
    var view: View {
        [
            "lang": .text("en"),
            "title": .text(title),
            "style": .text(style),
            "appName": .text(appName),
            "introduction": .list(introduction.map(\.view)),
            "guides": .list(guides.map(\.view)),
            "groups": .list(groups.map(\.view)),
            "objects": .list(objects.map(\.view)),
        ]
    }
}

extension ReferencePage.Guide {
    fileprivate var view: View {
        ["anchor": .text(anchor), "heading": .text(heading), "prose": .list(prose.map(\.view))]
    }
}

extension ReferencePage.Group {
    fileprivate var view: View {
        [
            "anchor": .text(anchor), "heading": .text(heading), "prose": .list(prose.map(\.view)),
            "operations": .list(operations.map(\.view)),
        ]
    }
}

extension ReferencePage.Operation {
    fileprivate var view: View {
        [
            "anchor": .text(anchor),
            "method": .text(method),
            "kind": .text(kind),
            "path": .list(path.map { ["part": .text($0.part), "isParameter": .flag($0.isParameter)] as View }),
            "summary": .text(summary),
            "prose": .list(prose.map(\.view)),
            "isOpen": .flag(isOpen),
            "tables": .list(tables.map(\.view)),
            "request": .text(request),
            "answerStatus": .text(answerStatus),
            "answer": .text(answer),
            "answerTables": .list(answerTables.map(\.view)),
            "outcomes": .list(outcomes.map(\.view)),
        ]
    }
}

extension ReferencePage.Object {
    fileprivate var view: View {
        [
            "anchor": .text(anchor), "heading": .text(heading), "prose": .list(prose.map(\.view)),
            "tables": .list(tables.map(\.view)),
        ]
    }
}

extension ReferencePage.Table {
    fileprivate var view: View { ["caption": .list(caption.map(\.view)), "rows": .list(rows.map(\.view))] }
}

extension ReferencePage.Row {
    fileprivate var view: View {
        [
            "name": .text(name),
            "type": .text(type),
            "typeAnchor": .text(typeAnchor),
            "isRequired": .flag(isRequired),
            "about": .list(about.map(\.view)),
            "choices": .list(choices),
            "limits": .list(limits),
        ]
    }
}

extension ReferencePage.Outcome {
    fileprivate var view: View {
        ["status": .text(status), "isSuccess": .flag(isSuccess), "meaning": .list(meaning.map(\.view))]
    }
}

extension ReferencePage.Paragraph {
    fileprivate var view: View { ["spans": .list(spans.map(\.view))] }
}

extension ReferencePage.Span {
    fileprivate var view: View { ["text": .text(text), "isCode": .flag(isCode)] }
}
