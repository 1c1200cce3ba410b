"""Gold file → figures: how good the records are, by the measures that the field's corpora are scored with."""
