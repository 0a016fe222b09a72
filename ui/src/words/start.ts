import type { StartProblem } from "../ipc/generated";
import { m } from "../paraglide/messages";
import { said, type Words } from "./words";

/** Words for every reason why the app cannot start. */
export const startProblems: Record<StartProblem, () => Words> = {
  slow: () => said(m.start_slow(), m.start_slow_next()),
  no_home: () => said(m.start_no_home(), m.start_no_home_next()),
  file_in_place: () => said(m.start_file_in_place(), m.start_file_in_place_next()),
  dead_link: () => said(m.start_dead_link(), m.start_dead_link_next()),
  read_only: () => said(m.start_read_only(), m.start_read_only_next()),
  denied: () => said(m.start_denied(), m.start_denied_next()),
  full: () => said(m.start_full(), m.start_full_next()),
  failed: () => said(m.start_folder_failed(), m.start_folder_failed_next()),
  no_random: () => said(m.start_no_random(), m.start_no_random_next()),
};
