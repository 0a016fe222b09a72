import type { KitView } from "../ipc/generated";
import { m } from "../paraglide/messages";
import type { Todo } from "../state/todo";
import { errorWords } from "./errors";
import { date, relative, when } from "./time";

interface TodoWords {
  says: string;
  /** The label of its button, if it has one. */
  does?: string;
}

/** Says what a to-do asks for. `now` is in UTC seconds. */
export function todoWords(todo: Todo, now: number): TodoWords {
  switch (todo.kind) {
    case "unfinished":
      return {
        says: m.todo_unfinished({ identifier: todo.identifier }),
        does: m.todo_unfinished_do(),
      };
    case "keychain-trouble":
      return {
        says: m.todo_keychain({ what: errorWords(todo.trouble).happened }),
        does: m.todo_view(),
      };
    case "lost-with-keychain":
      return {
        says: todo.copies
          ? m.todo_lost_copies({ identifier: todo.identifier })
          : m.todo_lost({ identifier: todo.identifier }),
        does: m.todo_issue_new(),
      };
    case "other-store":
      return {
        says: m.todo_other_store({ identifier: todo.identifier }),
        does: m.todo_issue_new(),
      };
    case "no-code":
      return { says: m.todo_no_code(), does: m.todo_no_code_do() };
    case "expires":
      return {
        says: m.todo_expires({ identifier: todo.identifier, when: when(todo.at, now) }),
        does: m.todo_view(),
      };
    case "never-checked":
      return { says: m.todo_never_checked({ identifier: todo.identifier }), does: m.todo_check() };
    case "check-is-old":
      return {
        says: m.todo_check_is_old({
          identifier: todo.identifier,
          when: relative(todo.at, now),
        }),
        does: m.todo_check(),
      };
    case "kit":
      return { says: kitWords(todo.kit) };
    case "pages-old":
      return { says: m.todo_pages_old({ date: date(todo.at) }), does: m.todo_issue_new() };
    case "older-file":
      return {
        says: m.todo_older_file({ identifier: todo.identifier }),
        does: m.todo_issue_new(),
      };
    case "two-step":
      return {
        says: todo.afterRecovery ? m.todo_two_step_recovered() : m.todo_two_step(),
        does: m.todo_two_step_do(),
      };
    case "weaker-keychain":
      return { says: m.todo_weaker() };
  }
}

function kitWords({ identifier, folder, live, problem }: KitView): string {
  switch (problem) {
    case "missing":
      return m.todo_kit_missing({ identifier, folder });
    case "ahead":
      return live
        ? m.todo_kit_ahead({ identifier, folder })
        : m.todo_kit_ahead_dead({ identifier, folder });
    case "full":
      return m.todo_kit_full({ folder });
    case "too_large":
      return m.todo_kit_too_large({ folder });
    case "unsettled":
      return m.todo_kit_unsettled({ folder });
    case "unverified":
      return m.todo_kit_unverified({ folder });
    case "no_answer":
      return m.todo_kit_no_answer({ folder });
    case "not_removed":
      return m.todo_kit_not_removed({ identifier, folder });
    case "not_written":
    case null:
      return m.todo_kit_not_written({ folder });
  }
}
