"""What the definitions last said of each episode, kept for the counts across the unit."""

from __future__ import annotations

from django.db import models


class EpisodeAnswer(models.Model):
    """One definition's last answer for one episode. The patient's own page asks anew and never reads it.

    ``answer``: in words, ``unlikely to confirmed`` while both ends are possible; ``low`` and ``high``: the
    mildest and the gravest answer, equal when it is certain.
    """

    episode = models.ForeignKey("patients.Episode", models.PROTECT, related_name="+")
    rule_id = models.CharField(max_length=100)
    answer = models.CharField(max_length=300)
    low = models.CharField(max_length=140, blank=True)
    high = models.CharField(max_length=140, blank=True)
    score_low = models.FloatField(null=True)
    score_high = models.FloatField(null=True)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "rule_id"], name="one_answer_per_episode_and_definition"
            )
        ]
        indexes = [models.Index(fields=["rule_id", "answer"], name="episode_answer_by_rule")]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.answer}"
