import type { PrintTrouble, Printing } from "../ipc/generated";
import { m } from "../paraglide/messages";

/** What a printer is waiting for, as a clause that follows a colon. */
export const printProblems: Record<PrintTrouble, () => string> = {
  paper_out: m.print_paper_out,
  paper_jam: m.print_paper_jam,
  cover_open: m.print_cover_open,
  ink_out: m.print_ink_out,
  output_full: m.print_output_full,
  tray_missing: m.print_tray_missing,
  offline: m.print_offline,
  paused: m.print_paused,
  held: m.print_held,
  sign_in: m.print_sign_in,
  driver: m.print_driver,
  spool_full: m.print_spool_full,
  other: m.print_other,
};

/** Describes the progress of a print job. */
export function printingWords(printing: Printing): string {
  switch (printing.state) {
    case "checking":
      return m.print_checking();
    case "sending":
      return m.print_sending();
    case "queued":
      return m.print_queued();
    case "running":
      return m.print_printing();
    case "waiting":
      return m.print_waiting({ problem: printProblems[printing.problem]() });
  }
}
