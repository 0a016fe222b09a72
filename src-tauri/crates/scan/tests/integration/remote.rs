//! The scanning end, called over buffers instead of pipes.

use crate::support::{code, is, paper, pdf, png, symbol};
use scan::remote::{Answer, Reads, Request, read_answer, serve};
use scan::{Frame, ScanError, Wanted};

/// The answers to these requests, without progress.
fn answers(requests: &[Request<'_>]) -> Vec<Answer> {
    answers_of(Reads::All, requests)
}

fn answers_of(reads: Reads, requests: &[Request<'_>]) -> Vec<Answer> {
    let mut asked = Vec::new();
    for request in requests {
        request.write(&mut asked).unwrap();
    }
    let mut said = Vec::new();
    serve(&mut asked.as_slice(), &mut said, reads).unwrap();
    let mut said = said.as_slice();
    std::iter::from_fn(|| read_answer(&mut said).unwrap())
        .filter(|answer| !matches!(answer, Answer::At { .. }))
        .collect()
}

#[test]
fn requests_are_answered_in_order() {
    let (one, other) = (code(1), code(2));
    let picture = png(&symbol(one.expose(), 4));
    let sheet = pdf::vector_sheet(&[other.expose()], 1.0);
    let foreign = png(&symbol("https://example.org/", 4));
    let view = paper(640, 480, &[(symbol(one.expose(), 5), 100, 100)]);
    let frame = Frame {
        width: 640,
        height: 480,
        pixels: view.as_raw(),
    };
    let requests = [
        Request::File(&picture),
        Request::Sheet(&sheet),
        Request::Frame(frame, Wanted::Ours),
        Request::Foreign(&foreign),
        Request::File(b""),
        Request::Sheet(&picture),
    ];
    let answers: [Answer; 6] = answers(&requests).try_into().ok().unwrap();
    let [
        Answer::Finds(finds),
        Answer::Sheet(read),
        Answer::Sight(sight),
        Answer::Foreign(foreign),
        Answer::Error(ScanError::Empty),
        Answer::Error(ScanError::Unsupported),
    ] = answers
    else {
        panic!("other answers");
    };
    assert!(is(&finds.codes[0].code, &one));
    assert!(read.iter().all(|(_, typed)| is(typed, &other)));
    assert!(is(&sight.codes[0].code, &one));
    assert_eq!(*foreign.texts[0], "https://example.org/");
}

#[test]
fn a_process_that_reads_only_own_files_refuses_all_others() {
    let sheet = pdf::vector_sheet(&[code(3).expose()], 1.0);
    let frame = Frame {
        width: 1,
        height: 1,
        pixels: &[0],
    };
    let requests = [
        Request::File(&sheet),
        Request::Foreign(&sheet),
        Request::Frame(frame, Wanted::Ours),
        Request::Own(&sheet),
    ];
    let answers = answers_of(Reads::Own, &requests);
    assert!(matches!(
        answers[..],
        [
            Answer::Error(ScanError::Unprotected),
            Answer::Error(ScanError::Unprotected),
            Answer::Error(ScanError::Unprotected),
            Answer::Finds(_),
        ]
    ));
}

#[test]
fn a_frame_gives_foreign_texts_only_where_they_are_wanted() {
    let one = code(1);
    let foreign = symbol("https://example.org/", 4);
    let view = paper(
        640,
        480,
        &[(symbol(one.expose(), 5), 20, 100), (foreign, 380, 150)],
    );
    let frame = Frame {
        width: 640,
        height: 480,
        pixels: view.as_raw(),
    };
    let requests = [Wanted::Ours, Wanted::All, Wanted::Ours].map(|it| Request::Frame(frame, it));
    let foreign: Vec<Vec<_>> = answers(&requests)
        .into_iter()
        .map(|answer| match answer {
            Answer::Sight(sight) => {
                assert!(sight.others && is(&sight.codes[0].code, &one));
                sight.foreign.iter().map(|it| it.to_string()).collect()
            }
            _ => panic!("no sight"),
        })
        .collect();
    assert_eq!(
        foreign,
        [vec![], vec!["https://example.org/".to_owned()], vec![]]
    );
}

#[test]
fn after_an_invalid_frame_the_next_one_is_read() {
    let frame = |width| Frame {
        width,
        height: 1,
        pixels: &[0; 4],
    };
    let answers = answers(&[
        Request::Frame(frame(u32::MAX), Wanted::Ours),
        Request::Frame(frame(4), Wanted::Ours),
    ]);
    assert!(matches!(
        answers[..],
        [Answer::Error(ScanError::BrokenFrame), Answer::Sight(_)]
    ));
}

#[test]
fn an_invalid_request_is_refused() {
    for bytes in [
        &[9, 0, 0, 0, 0][..],
        &[1, 0xff, 0xff, 0xff, 0xff],
        &[3, 4, 0, 0, 0, 1, 1, 1, 1],
        &[1, 9, 0],
    ] {
        assert!(
            serve(&mut &*bytes, &mut Vec::new(), Reads::All).is_err(),
            "{bytes:?}"
        );
    }
}

#[test]
fn a_request_with_too_many_bytes_is_not_sent() {
    let bytes = vec![0; (64 << 20) + 1];
    let mut sent = Vec::new();
    assert!(Request::File(&bytes).write(&mut sent).is_err());
    assert!(sent.is_empty());
}
