"""The facts of the invented patient, to change and see what the cards say."""

from __future__ import annotations

from osteon.events.vocabulary import DRUGS
from osteon.events.vocabulary.questions import QUESTIONS
from osteon.service.forms import ChoiceField, DecimalField, IntegerField, NHSForm

_ANSWERS = [("", "Not asked"), ("yes", "Yes"), ("no", "No")]
_MEDICINES = [("", "None"), *((key, DRUGS[key].name) for key in ("daptomycin", "linezolid", "vancomycin"))]


def _choices(name: str) -> list[tuple[str, str]]:
    return [
        ("", "Not recorded"),
        *((word, word.replace("_", " ")) for word, _number in QUESTIONS[name].choices),
    ]


class FactsForm(NHSForm):
    """Every fact may be left out: what is not recorded is not sent."""

    spinal_pain = ChoiceField(label="New back pain", choices=_ANSWERS, required=False)
    pain_days = IntegerField(label="Days of pain", required=False, min_value=0, max_value=20000)
    saddle_sensory_new = ChoiceField(label="New numbness between the legs", choices=_ANSWERS, required=False)
    bladder_new = ChoiceField(label="New trouble passing urine", choices=_ANSWERS, required=False)
    motor_deficit = ChoiceField(label="Weakness", choices=_choices("motor_deficit"), required=False)
    diabetes = ChoiceField(label="Diabetes", choices=_ANSWERS, required=False)
    temperature = DecimalField(label="Temperature", suffix="°C", required=False, min_value=30, max_value=44)
    crp = DecimalField(label="CRP", suffix="mg/L", required=False, min_value=0, max_value=1000)
    esr = DecimalField(label="ESR", suffix="mm/h", required=False, min_value=0, max_value=200)
    blood_culture_sets = IntegerField(
        label="Sets of blood cultures", required=False, min_value=0, max_value=20
    )
    spine_mri = ChoiceField(label="MRI of the spine", choices=_choices("spine_mri"), required=False)
    medicine = ChoiceField(label="Antibiotic for ten days", choices=_MEDICINES, required=False)
    ck = DecimalField(label="CK", suffix="U/L", required=False, min_value=0, max_value=100000)
    platelets = DecimalField(label="Platelets", suffix="× 10⁹/L", required=False, min_value=0, max_value=2000)
    choosing = ChoiceField(label="Antibiotic being chosen now", choices=_MEDICINES, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.needed_when_asked = True  # "(optional)" behind every fact would say nothing

    def facts(self) -> dict[str, object]:
        """What was typed and can be true, under the names of the record."""
        said = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return {_NAMES.get(name, name): value for name, value in said.items()}


_NAMES = {"ck": "creatine-kinase"}
