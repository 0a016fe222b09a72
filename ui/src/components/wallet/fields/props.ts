import type { FieldType, FieldView, FieldAt, Revealed } from "../../../ipc/generated";

/** Of a component that shows the fields of a type. */
export interface ShownProps {
  /** Where the field is in the wallet. */
  of: FieldAt;
  field: FieldView;
  name: string;
  /** Its hidden text, while the person wants to see it. */
  revealed: Revealed | null;
  /** Fetches its hidden text. */
  read: () => Promise<Revealed | undefined>;
  /** It cannot be changed here. */
  fixed: boolean;
  /** Changes the item and reads it again. Returns whether the change holds. */
  change: Change;
}

/** Does work that changes an item, while nothing else does. Returns whether the change holds. */
export type Change = (work: () => Promise<void>) => Promise<boolean>;

/** Of a component that edits the fields of a type. */
export interface EditorProps {
  /** Of its control, which a label may name. */
  id: string;
  number: number;
  name: string;
  kind: FieldType;
  /** The field has no name of its own: it is the one text of a note. */
  nameless: boolean;
  text: string;
}
