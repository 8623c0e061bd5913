"""StreamField blocks, one family a file; ``StoryBody`` is the body of every story."""

from .body import StoryBody
from .figures import FigureBlock, FiguresBlock
from .pictures import GalleryBlock, PictureBlock

__all__ = ["FigureBlock", "FiguresBlock", "GalleryBlock", "PictureBlock", "StoryBody"]
