"""A real model for CTranslate2, small enough to be made here: it translates word by word.

Its embeddings say which word stands where; one attention looks at the same place of the source, and the last layer
says the other language's word for what stands there. Nothing is trained but the pieces of SentencePiece.
"""

import io

import numpy as np

PLACES = 24
_SPECIAL = ["<unk>", "<s>", "</s>"]
_LOUD = 60.0


def pieces(path, words):
    """A SentencePiece model of whole words."""
    import sentencepiece  # noqa: PLC0415 - of an extra

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([" ".join(words)] * 2), model_writer=model, model_type="word",
        vocab_size=len(words) + 3, minloglevel=2, hard_vocab_limit=False,
    )  # fmt: skip
    path.write_bytes(model.getvalue())


def _norm(spec, size):
    spec.gamma, spec.beta = np.ones(size, np.float32), np.zeros(size, np.float32)


def _linear(spec, weight):
    spec.weight, spec.bias = weight.astype(np.float32), np.zeros(weight.shape[0], np.float32)


def model(folder, dictionary):
    """A model in *folder*, with the pieces of both languages, that says for each word the one in *dictionary*."""
    from ctranslate2.specs import TransformerSpec  # noqa: PLC0415 - of an extra

    folder.mkdir(parents=True)
    source = [*_SPECIAL, *(f"▁{one}" for one in dictionary)]
    target = [*_SPECIAL, *(f"▁{one}" for one in dictionary.values())]
    words, size = len(source), len(source) + PLACES
    nothing, whole = np.zeros((size, size)), np.eye(size)
    place, word = np.zeros((size, size)), np.zeros((size, size))
    place[words:, words:], word[:words, :words] = np.eye(PLACES), np.eye(words)
    spec = TransformerSpec.from_config(1, 1)
    for part in (spec.encoder, spec.decoder):
        part.scale_embeddings = False
        part.position_encodings.encodings = np.eye(size, dtype=np.float32)[words:]
        _norm(part.layer_norm, size)
        (layer,) = part.layer
        _norm(layer.self_attention.layer_norm, size)
        _linear(layer.self_attention.linear[0], np.vstack([nothing] * 3))
        _linear(layer.self_attention.linear[1], nothing)
        _norm(layer.ffn.layer_norm, size)
        _linear(layer.ffn.linear_0, nothing)
        _linear(layer.ffn.linear_1, nothing)
    spec.encoder.embeddings[0].weight = np.eye(words, size, dtype=np.float32)
    spec.decoder.embeddings.weight = np.eye(words, size, dtype=np.float32)
    beside = spec.decoder.layer[0].attention
    _norm(beside.layer_norm, size)
    _linear(beside.linear[0], place * _LOUD)
    _linear(beside.linear[1], np.vstack([place, word]))
    _linear(beside.linear[2], whole * _LOUD)
    _linear(spec.decoder.projection, np.eye(words, size))
    spec.register_source_vocabulary(source)
    spec.register_target_vocabulary(target)
    spec.validate()
    spec.save(str(folder))
    pieces(folder / "source.spm", list(dictionary))
    pieces(folder / "target.spm", list(dictionary.values()))
